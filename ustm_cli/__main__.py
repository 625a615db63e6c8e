"""`python -m ustm_cli`."""

from ustm_cli.quick import main

if __name__ == "__main__":
    main()
