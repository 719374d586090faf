from core.models.base_page import BasePage
from core.models.media import CustomDocument, CustomImage, CustomRendition
from core.models.settings import SiteSettings, SiteText, SocialLink, Supporter
from core.models.taxonomies import Skill, SkillLabel, Subsector, SubsectorLabel, Term, TermLabel, Topic, TopicLabel

__all__ = [
    "BasePage",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "SiteSettings",
    "SiteText",
    "Skill",
    "SkillLabel",
    "SocialLink",
    "Subsector",
    "SubsectorLabel",
    "Supporter",
    "Term",
    "TermLabel",
    "Topic",
    "TopicLabel",
]
