"""Tests of bench/pages.py: the metric, on texts small enough to count by hand."""

import unittest

import pages


class Metric(unittest.TestCase):
    def test_runs_of_four_words_are_counted_with_their_repeats(self):
        self.assertEqual(pages.runs("a b c d e"), {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1})
        self.assertEqual(pages.runs("x, x x x x!"), {("x", "x", "x", "x"): 2})
        self.assertEqual(pages.runs("too short"), {("too", "short"): 1})
        self.assertEqual(pages.runs(""), {})

    def test_the_shares_of_a_page_add_up_to_one(self):
        self.assertEqual(pages.share("a b c d", "a b c d"), (1, 0, 0))
        self.assertEqual(pages.share("a b c d e", "z a b c d"), (1 / 3, 1 / 3, 1 / 3))
        self.assertEqual(pages.share("a b c d", ""), (0, 0, 1))

    def test_precision_and_recall_are_means_over_pages(self):
        precision, recall, f1 = pages.figures([(1, 0, 0), (0.5, 0.5, 0), (0, 0, 1)])
        self.assertEqual((precision, round(recall, 4)), (0.75, 0.6667))
        self.assertAlmostEqual(f1, 2 * 0.75 * recall / (0.75 + recall))


if __name__ == "__main__":
    unittest.main()
