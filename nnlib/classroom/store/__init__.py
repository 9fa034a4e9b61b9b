"""The items themselves, a module for each part of the book; `bank` gathers them.

What is a number in them is either drawn and computed (Compute, OfNetwork), or a claim that stands among the item's facts.
"""
