"""For a class: questions with numbers of one's own, diagnoses of wrong answers, worksheets with their key, and a cheat sheet to print.

Only `paper` and what draws on it (`cheatsheet`, `sheets`) load reportlab and matplotlib.
"""
