"""A listing's things as a table (CSV) that spreadsheet programs open by a double click. Public fields only: a row is
made from the card that everybody sees, and the listing is asked as an anonymous reader, whoever is signed in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext

from .listing import Hit, Listing

MOST_ROWS = 10_000  # as far as Elasticsearch counts through a result
ROWS_AT_ONCE = 500
# What makes a spreadsheet program calculate, or a line end inside a cell look like one. Full-width forms too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Address = Callable[[Hit], str]  # path of the page of a hit, for this reader


def export_response(
    listing: Listing, request: HttpRequest, *, path: str, name: str, address: Address | None = None
) -> HttpResponse:
    """`path`: of the listing itself; `name`: of the file, without the date behind it."""
    # The byte order mark tells a spreadsheet program that this is UTF-8.
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    out = io.StringIO()
    # Translators: The separator a spreadsheet program expects in a CSV file: a semicolon where decimals have a comma.
    table = csv.writer(out, delimiter=pgettext("separator of CSV files", ","))
    table.writerow([safe(str(column.label)) for column in listing.columns])
    cells = [column.begin() for column in listing.columns]
    for hit in every_hit(listing, request, path):
        url = request.build_absolute_uri(address(hit) if address else hit.url)
        table.writerow([safe(cell(hit, url)) for cell in cells])
    response.write(out.getvalue().encode("utf-8-sig"))
    file_name = f"{slugify(name) or 'export'}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    response["Content-Language"] = get_language() or ""
    response["X-Robots-Tag"] = "noindex"
    return response


def every_hit(listing: Listing, request: HttpRequest, path: str) -> Iterator[Hit]:
    """All matches in the listing's own order, asked for a few hundred at a time; each thing once, even where the
    other engine takes over half-way."""
    paged = replace(listing, page_size=ROWS_AT_ONCE)
    query, seen = request.GET.copy(), set()
    for page in range(1, MOST_ROWS // ROWS_AT_ONCE + 1):
        query["page"] = str(page)
        result = paged.answer(query, path=path, language=get_language(), reader=None)
        for hit in result.hits:
            if hit.key not in seen:
                seen.add(hit.key)
                yield hit
        if not result.next_url:
            return


def safe(cell: str) -> str:
    """No cell is a formula, whatever somebody wrote into a profile: an apostrophe in front makes it text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
