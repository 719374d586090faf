"""Style sheet, scripts and fonts as pages load them, made of the portal's sources and of packages when first asked for.

One file each, so that a first view needs few requests. Nothing made is committed, and no step makes it: the finder of
static files does, for the development server, for tests and for collectstatic alike.
"""
