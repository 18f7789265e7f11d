"""The hall over HTTP: the API, the live stream, and the pages for visitors, officers and screens."""
