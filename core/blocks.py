"""StoryBlock: what an editor tells a story with. There is no raw HTML block on purpose."""

from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from core.choosers import DocumentChooserBlock, ImageChooserBlock, PageChooserBlock

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "h3", "superscript", "subscript"]
LINE_FEATURES = ["bold", "italic", "link", "document-link"]
# Host → (how to find the video's id, address of the player). Players load only after a click.
VIDEO_PLAYERS = {
    "youtube": "https://www.youtube-nocookie.com/embed/{id}?autoplay=1",
    "vimeo": "https://player.vimeo.com/video/{id}?autoplay=1&dnt=1",
}


class PartBlock(blocks.StructBlock):
    """Text that was stored without is empty, not None: content may be older than a field, and wagtail-localize fails
    on None when it looks for words to translate."""

    TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock)

    def to_python(self, value):
        return self._filled(super().to_python(value))

    def bulk_to_python(self, values):
        return [self._filled(value) for value in super().bulk_to_python(values)]

    def _filled(self, value):
        for name, block in self.child_blocks.items():
            if isinstance(block, self.TEXTS) and value.get(name) is None:
                value[name] = ""
        return value


class HeadingBlock(PartBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=160)

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "components/blocks/heading.html"


class PictureBlock(PartBlock):
    """An image with what a reader who does not see it needs to know."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=255,
        help_text=_("What is to be seen, for readers who do not see it. Empty only where the picture is decoration."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)
    credit = blocks.CharBlock(
        label=_("Credit"), required=False, max_length=160, help_text=_("Empty: the credit of the image itself.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        template = "components/blocks/picture.html"


class GalleryBlock(PartBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pictures = blocks.ListBlock(PictureBlock(), label=_("Images"), min_num=2, max_num=24)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "components/blocks/gallery.html"


class QuoteBlock(PartBlock):
    quote = blocks.TextBlock(
        label=_("Quote"), help_text=_("Without quotation marks: the page sets those of the language.")
    )
    person = blocks.CharBlock(label=_("Person"), required=False, max_length=120)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "components/blocks/quote.html"


class CallOutBlock(PartBlock):
    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[("note", _("Note")), ("tip", _("Tip")), ("warning", _("Warning"))],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=LINE_FEATURES + ["ul", "ol"])

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "components/blocks/call_out.html"


class StepBlock(PartBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), required=False, features=LINE_FEATURES + ["ul", "ol"])

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(PartBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "components/blocks/steps.html"


class AccordionBlock(PartBlock):
    entries = blocks.ListBlock(
        PartBlock(
            [
                ("title", blocks.CharBlock(label=_("Question or title"), max_length=200)),
                ("text", blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)),
            ],
            icon="list-ul",
        ),
        label=_("Entries"),
        min_num=1,
    )

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        template = "components/blocks/accordion.html"


class CaptionedTableBlock(PartBlock):
    caption = blocks.CharBlock(
        label=_("Caption"), max_length=200, help_text=_("What the table tells; read out before its cells.")
    )
    table = TableBlock(label=_("Table"), table_options={"renderer": "text"})

    class Meta:
        icon = "table"
        label = _("Table")
        template = "components/blocks/table.html"


class DownloadBlock(PartBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=160, help_text=_("Empty: the title of the document.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "components/blocks/download.html"


def video_player(url: str) -> tuple[str, str] | None:
    """``(provider name, address of the player)`` of a video page's address, ``None`` where it is no known one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = [part for part in parts.path.split("/") if part]
    video = ""
    if host == "youtu.be" and path:
        video, provider = path[0], "youtube"
    elif host in ("youtube.com", "youtube-nocookie.com"):
        provider = "youtube"
        video = path[1] if path[:1] in (["embed"], ["shorts"]) and path[1:] else parse_qs(parts.query).get("v", [""])[0]
    elif host in ("vimeo.com", "player.vimeo.com") and path:
        video, provider = path[-1], "vimeo"
    if not video or not video.replace("-", "").replace("_", "").isalnum():
        return None
    return {"youtube": "YouTube", "vimeo": "Vimeo"}[provider], VIDEO_PLAYERS[provider].format(id=video)


class VideoValue(blocks.StructValue):
    @property
    def provider(self) -> str:
        return (video_player(self["url"]) or ("", ""))[0]

    @property
    def player_url(self) -> str:
        return (video_player(self["url"]) or ("", ""))[1]


class VideoBlock(PartBlock):
    """A video elsewhere. Nothing is asked of the other host before the reader clicks."""

    url = blocks.URLBlock(label=_("Address"), help_text=_("The address of a video on YouTube or Vimeo."))
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    poster = ImageChooserBlock(label=_("Still image"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "components/blocks/video.html"
        value_class = VideoValue

    def clean(self, value):
        cleaned = super().clean(value)
        if video_player(cleaned["url"]) is None:
            message = _("This is not the address of a video on YouTube or Vimeo.")
            raise blocks.StructBlockValidationError({"url": ValidationError(message)})
        return cleaned


class PageCardBlock(PartBlock):
    def get_context(self, value, parent_context=None):
        """The chosen page, already in the reader's language and public (core.stories), unless it is a draft."""
        context = super().get_context(value, parent_context=parent_context)
        page = value.get("page")
        context["page_shown"] = page if page and page.live else None
        return context


class MemberCardBlock(PageCardBlock):
    page = PageChooserBlock(label=_("Member"), page_type="directory.MemberPage")
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        icon = "user"
        label = _("Member")
        template = "components/blocks/member_card.html"


class FundingCardBlock(PageCardBlock):
    page = PageChooserBlock(label=_("Funding"), page_type="funding.FundingPage")
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        icon = "tag"
        label = _("Funding")
        template = "components/blocks/funding_card.html"


class ContactPersonBlock(PartBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=160)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = blocks.CharBlock(label=_("Telephone"), required=False, max_length=40)
    photo = ImageChooserBlock(label=_("Photo"), required=False)

    class Meta:
        icon = "user"
        label = _("Contact person")
        template = "components/blocks/contact_person.html"


class StoryBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    text = blocks.RichTextBlock(
        label=_("Text"), features=TEXT_FEATURES, icon="pilcrow", template="components/blocks/text.html"
    )
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    call_out = CallOutBlock()
    steps = StepsBlock()
    accordion = AccordionBlock()
    table = CaptionedTableBlock()
    download = DownloadBlock()
    video = VideoBlock()
    member = MemberCardBlock()
    funding = FundingCardBlock()
    contact = ContactPersonBlock()

    class Meta:
        block_counts = {"gallery": {"max_num": 6}}


class SectionBlock(PartBlock):
    """A numbered section of a long text; its heading stands in the table of contents."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=160)
    body = StoryBlock(label=_("Body"))

    class Meta:
        icon = "title"
        label = _("Section")
        template = "components/blocks/section.html"


class ReferenceBlock(PartBlock):
    label = blocks.CharBlock(
        label=_("Reference"), max_length=250, help_text=_("As it is cited, for example “Law of 18 April 2001, art. 3”.")
    )
    url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        icon = "link"
        label = _("Legal reference")


class GlossaryTermBlock(PartBlock):
    term = blocks.CharBlock(label=_("Term"), max_length=80)
    definition = blocks.TextBlock(label=_("Definition"))

    class Meta:
        icon = "openquote"
        label = _("Term")


class CorrectionBlock(PartBlock):
    date = blocks.DateBlock(label=_("Date"))
    text = blocks.TextBlock(label=_("What was corrected"))

    class Meta:
        icon = "edit"
        label = _("Correction")


class ProgrammeEntryBlock(PartBlock):
    time = blocks.TimeBlock(label=_("Time"), required=False)
    what = blocks.CharBlock(label=_("What"), max_length=250)

    class Meta:
        icon = "time"
        label = _("Programme entry")


class SocialProfileBlock(PartBlock):
    name = blocks.CharBlock(label=_("Network"), max_length=40)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Social network")


class WorkBlock(PartBlock):
    """A work of the portfolio. Credits name the members who worked on it together."""

    image = ImageChooserBlock(label=_("Image"), required=False)
    alt = blocks.CharBlock(label=_("Alternative text"), required=False, max_length=255)
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    year = blocks.IntegerBlock(label=_("Year"), required=False, min_value=1900, max_value=2100)
    client = blocks.CharBlock(label=_("Client"), required=False, max_length=160)
    credits = blocks.ListBlock(
        PageChooserBlock(label=_("Member"), page_type="directory.MemberPage"),
        label=_("Credited members"),
        default=[],
        help_text=_("Other members of the cluster who worked on it."),
    )

    class Meta:
        icon = "image"
        label = _("Work")
