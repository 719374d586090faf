"""The two figures of relevance, against values computed by hand."""

from math import log2

import pytest

from tests.search.judgements import gain, ndcg, recall

ANSWERS = {"member:a": 3, "member:b": 2, "member:c": 1}


def test_gain_discounts_by_place():
    # the places are worth 1, 1/log2(3) and 1/2: 7 and 1.8928 and 0.5
    assert gain([3, 2, 1]) == pytest.approx(9.392789)


def test_gain_looks_at_the_first_hits_only():
    assert gain([0] * 10 + [3]) == 0
    assert gain([3, 3, 3], first=1) == 7


def test_ndcg_is_one_for_the_best_order():
    assert ndcg(["member:a", "member:b", "member:c"], ANSWERS) == 1
    assert ndcg(["member:a", "member:b", "member:c", "member:x"], ANSWERS) == 1


def test_ndcg_of_the_worst_order_of_all_answers():
    # places 1, 2 and 3 hold the grades 1, 2 and 3
    assert ndcg(["member:c", "member:b", "member:a"], ANSWERS) == pytest.approx((1 + 3 / log2(3) + 3.5) / 9.392789)


def test_ndcg_counts_what_is_not_judged_as_wrong():
    # only the second place is worth something: 7/log2(3) of 9.392789
    assert ndcg(["member:x", "member:a"], ANSWERS) == pytest.approx(7 / log2(3) / 9.392789)


def test_ndcg_counts_a_thing_once():
    once = ndcg(["member:a", "member:x", "member:b"], ANSWERS)
    assert ndcg(["member:a", "member:a", "member:b"], ANSWERS) == once


def test_ndcg_of_nothing():
    assert ndcg([], ANSWERS) == 0
    assert ndcg([], {}) == 1
    assert ndcg(["member:x"], {}) == 0


def test_ndcg_never_asks_for_more_than_the_first_hits_can_hold():
    many = {f"member:{number}": 3 for number in range(40)}
    assert ndcg([f"member:{number}" for number in range(10)], many) == 1


def test_recall_is_about_good_answers_only():
    assert recall(["member:a"], ANSWERS) == 0.5
    assert recall(["member:c"], ANSWERS) == 0
    assert recall(["member:x", "member:b", "member:a"], ANSWERS) == 1


def test_recall_is_of_what_fits_on_a_page():
    many = {f"member:{number}": 2 for number in range(30)}
    assert recall([f"member:{number}" for number in range(30)], many) == 1
    assert recall([f"member:{number}" for number in range(12)], many) == 0.5


def test_recall_ignores_the_second_page():
    assert recall([f"member:{number}" for number in range(24)] + ["member:a", "member:b"], ANSWERS) == 0
