"""What the newsroom does in the background process (`manage.py scheduler`)."""

from wagtail import hooks

from newsroom.press import making


@hooks.register("scheduler_round")
def sweep_press_archives() -> None:
    making.sweep()


@hooks.register("scheduler_work")
def make_press_archives(until: float) -> None:
    making.make_waiting(until)
