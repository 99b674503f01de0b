"""Python files in one form: headers in order, isort, black; and what flake8 says of them."""
