from django.db import models
from django.utils.translation import gettext_lazy as _


class FundingKind(models.TextChoices):
    GRANT = "grant", _("Grant")
    LOAN = "loan", _("Loan")
    GUARANTEE = "guarantee", _("Guarantee")
    PRIZE = "prize", _("Prize")
    RESIDENCY = "residency", _("Residency")
    VOUCHER = "voucher", _("Voucher")


class Applicant(models.TextChoices):
    FREELANCER = "freelancer", _("Freelancers")
    COMPANY = "company", _("Companies")
    ASSOCIATION = "association", _("Associations")
    STUDENT = "student", _("Students")


class FundingStatus(models.TextChoices):
    """Never stored: it follows from the deadline and the day."""

    OPEN = "open", _("Open")
    CLOSING = "closing", _("Closing soon")
    CLOSED = "closed", _("Closed")


# A scheme closes soon when its deadline is at most this many days away.
CLOSING_DAYS = 21
