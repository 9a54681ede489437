"""The demo site: texts in TOML beside this file, and what turns them into pages, questions and people.

Everything is found by its address, key or e-mail before it is made, so that a second run adds nothing and overwrites
no edit.
"""
