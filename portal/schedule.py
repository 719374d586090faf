"""What happens at its time: pages an editor has scheduled go live or expire, alerts are sent, old searches forgotten,
pictures get the formats that take long to make.

Wagtail asks for its command to be run every minute.
"""

import logging
import threading

from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection

logger = logging.getLogger(__name__)
INTERVAL = 60.0  # seconds
COMMANDS = ("publish_scheduled", "send_alerts", "tidy_search", "complete_images")  # each finds out itself what is due


class Schedule:
    """Does what is due, again and again, until it is stopped. A database that is down is asked again later."""

    def __init__(self, interval: float = INTERVAL) -> None:
        self.interval = interval
        self.stopped = threading.Event()

    def look(self) -> None:
        """Publish, expire and send what is due now."""
        for command in COMMANDS:
            try:
                call_command(command, verbosity=0)
            except DatabaseError:
                logger.warning("What %s has to do could not be looked up", command, exc_info=True)

    def run(self) -> None:
        while not self.stopped.is_set():
            close_old_connections()
            self.look()
            connection.close()  # an idle thread holds none
            self.stopped.wait(self.interval)

    def start_thread(self) -> threading.Thread:
        thread = threading.Thread(target=self.run, name="schedule", daemon=True)
        thread.start()
        return thread
