"""``python -m muster.cli`` is the ``muster`` command."""

from muster.cli.main import main

raise SystemExit(main())
