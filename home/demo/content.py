"""Reads the demo's texts: TOML files beside this module, written by hand in three languages."""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def load(name: str) -> dict:
    with open(FOLDER / f"{name}.toml", "rb") as file:
        return tomllib.load(file)


def guides() -> list[dict]:
    return [{**load(f"guides/{path.stem}"), "id": path.stem} for path in sorted((FOLDER / "guides").glob("*.toml"))]


def news() -> list[dict]:
    return [item for path in sorted((FOLDER / "news").glob("*.toml")) for item in load(f"news/{path.stem}")["news"]]


def members() -> list[dict]:
    """In the order of their names: neighbours in the tree are of different subsectors."""
    found = [
        member
        for path in sorted((FOLDER / "members").glob("*.toml"))
        for member in load(f"members/{path.stem}")["member"]
    ]
    return sorted(found, key=lambda member: member["name"].casefold())


def subsectors() -> list[dict]:
    return load("taxonomies")["subsector"]


def skills() -> list[dict]:
    return load("taxonomies")["skill"]


def topics() -> list[dict]:
    return load("taxonomies")["topic"]


def funding() -> list[dict]:
    return load("funding")["funding"]


def events() -> list[dict]:
    return load("events")["event"]


def pages() -> dict:
    return load("pages")
