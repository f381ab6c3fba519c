"""``python -m mtc_kiosk`` is ``mtc-kiosk``."""

from mtc_kiosk.cli import main

if __name__ == "__main__":
    main()
