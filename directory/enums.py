from django.db import models
from django.utils.translation import gettext_lazy as _


class Area(models.TextChoices):
    """Cantons of Luxembourg, then the regions across the border. Slugs stand in URLs."""

    CAPELLEN = "capellen", _("Capellen")
    CLERVAUX = "clervaux", _("Clervaux")
    DIEKIRCH = "diekirch", _("Diekirch")
    ECHTERNACH = "echternach", _("Echternach")
    ESCH_SUR_ALZETTE = "esch-sur-alzette", _("Esch-sur-Alzette")
    GREVENMACHER = "grevenmacher", _("Grevenmacher")
    LUXEMBOURG = "luxembourg", _("Luxembourg (canton)")
    MERSCH = "mersch", _("Mersch")
    REDANGE = "redange", _("Redange")
    REMICH = "remich", _("Remich")
    VIANDEN = "vianden", _("Vianden")
    WILTZ = "wiltz", _("Wiltz")
    LORRAINE = "lorraine", _("Lorraine")
    WALLONIE = "wallonie", _("Wallonia")
    OSTBELGIEN = "ostbelgien", _("East Belgium")
    RHEINLAND_PFALZ = "rheinland-pfalz", _("Rhineland-Palatinate")
    SAARLAND = "saarland", _("Saarland")


class TeamSize(models.TextChoices):
    ONE = "1", _("One person")
    TWO_TO_FOUR = "2-4", _("2 to 4 people")
    FIVE_TO_NINE = "5-9", _("5 to 9 people")
    TEN_TO_24 = "10-24", _("10 to 24 people")
    FROM_25 = "25+", _("25 people and more")


class SpokenLanguage(models.TextChoices):
    """Languages in which a member works; codes of ISO 639-1."""

    LUXEMBOURGISH = "lb", _("Luxembourgish")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")
    PORTUGUESE = "pt", _("Portuguese")
    ITALIAN = "it", _("Italian")
    SPANISH = "es", _("Spanish")
    DUTCH = "nl", _("Dutch")
