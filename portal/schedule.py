"""Pages that go live, or expire, at a time an editor has set: Wagtail asks for its command to be run every minute."""

import logging
import threading

from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection

logger = logging.getLogger(__name__)
INTERVAL = 60.0  # seconds


class Schedule:
    """Publishes what is due, again and again, until it is stopped. A database that is down is asked again later."""

    def __init__(self, interval: float = INTERVAL) -> None:
        self.interval = interval
        self.stopped = threading.Event()

    def look(self) -> None:
        """Publish and expire what is due now; forget and mail what search keeps."""
        try:
            call_command("publish_scheduled", verbosity=0)
            call_command("tidy_search", verbosity=0)
        except DatabaseError:
            logger.warning("Scheduled pages could not be looked up", exc_info=True)

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
