"""Triggers of an app's tables, made in one step of a migration."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def triggers_of(app_label: str) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    """For RunPython: make the triggers that the models of an app name in their options.

    A trigger of a new table stands in the options of its CreateModel; one AddTrigger for each would let Django render
    all related models anew each time, which takes most of a minute for an empty database.
    """

    def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for model in apps.get_app_config(app_label).get_models():
            for trigger in getattr(model._meta, "triggers", []):
                schema_editor.execute(trigger.install_sql, params=None)

    return make
