"""What Elasticsearch is asked to mark in each field: words in the languages they are meant in, phrases together."""

from django.utils import timezone
from elasticsearch import Elasticsearch

from search.conditions import AllOf, AnyOf, AtLeast, Carries, Word
from search.engines.elasticsearch import ListingSearch, Marked, marked
from search.query import Question


def highlight_of(condition):
    question = Question(
        doc_types=("member",),
        language="fr",
        facets=(),
        sort="relevance",
        at=timezone.now(),
        condition=condition,
    )
    return ListingSearch(Elasticsearch("http://127.0.0.1:1"), question).build_search().to_dict().get("highlight")


def test_a_word_is_marked_in_the_languages_it_is_meant_in():
    assert marked(Word("hut", ("de",)), "de") == Marked(("hut",))
    assert not marked(Word("hut", ("de",)), "en")
    assert marked(Word("hut"), "en").query("title.en") == {"match": {"title.en": "hut"}}


def test_words_of_one_meaning_are_one_query():
    either = AnyOf((Word("alliance"), AnyOf((Word("bague"), Word("alliance")), best=True), Carries("skill:jewellery")))
    assert marked(either, "fr").query("text.fr") == {"match": {"text.fr": "alliance bague"}}


def test_a_phrase_is_marked_where_all_of_it_stands():
    phrase = AllOf((Word("photographie", ("fr",)), Word("mariage", ("fr",))))
    found = marked(AnyOf((Word("noces"), phrase)), "fr").query("works.fr")
    together = [{"match": {"works.fr": "photographie"}}, {"match": {"works.fr": "mariage"}}]
    assert found == {"bool": {"should": [{"match": {"works.fr": "noces"}}, {"bool": {"must": together}}]}}


def test_a_phrase_with_a_part_that_stands_in_no_text_is_not_marked():
    assert not marked(AllOf((Word("bague"), Carries("skill:jewellery"))), "fr")
    assert marked(AllOf((Word("bague"), Word("ring", ("de",)))), "fr") == Marked()


def test_the_words_of_a_question_are_marked_wherever_the_others_stand():
    for condition in (AllOf((Word("photo"), Word("mariage"))), AtLeast(1, (Word("photo"), Word("mariage")))):
        fields = highlight_of(condition)["fields"]
        assert fields["text.fr"]["highlight_query"] == {"match": {"text.fr": "photo mariage"}}


def test_only_the_texts_that_may_have_a_word_are_looked_through():
    fields = highlight_of(Word("ring", ("de", "en")))["fields"]
    assert {name.partition(".")[2] for name in fields} == {"de", "en"}


def test_without_words_nothing_is_marked():
    assert highlight_of(None) is None
    assert highlight_of(Carries("skill:jewellery")) is None
