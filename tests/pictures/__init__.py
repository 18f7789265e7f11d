"""Pictures of every surface in every state, on one page: `make pictures` writes them into out/pictures.

A surface takes part by a file of its own in `surfaces/`; nothing lists them by hand. It has a TITLE, and a function
`draw(folder)` that yields a `Picture` of each state as soon as it has written its file into the folder:

    TITLE = "Kiosk"

    def draw(folder: Path) -> Iterator[Picture]:
        with hall_in_chromium(folder) as hall:                     # browser.py
            yield hall.picture("/kiosk", "start", "What the visitor sees first.", size=(1080, 1920))

What is not a picture, such as the text of an LED panel, is a `.txt` file; the page shows its words. A surface whose
pictures are kept as golden ones has a function `renew_golden()` besides, for `make pictures ARGS=--renew-golden`.
"""
