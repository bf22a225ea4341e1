"""Django's `migrate`, which draws again only the model that an operation changes.

After each operation Django draws anew every model that is related to the changed one, however far: here nearly all of
two hundred, five hundred times over, which is most of a minute for an empty database. An operation on tables needs
only the model itself, with what it refers to by name. Whoever needs more (RunPython) gets everything drawn afresh, by
the mark that Django itself uses for what it has put off (`is_delayed`).
"""

from __future__ import annotations

from typing import Any, Self

from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Field


class State(ProjectState):
    """What the models look like at one point of the migrations."""

    def add_model(self, model_state: ModelState) -> None:
        apps = self.__dict__.pop("apps", None)  # without them Django draws nothing
        super().add_model(model_state)
        self._draw(apps, model_state.app_label, model_state.name_lower)

    def add_field(
        self, app_label: str, model_name: str, name: str, field: Field[Any, Any], preserve_default: bool
    ) -> None:
        apps = self.__dict__.pop("apps", None)
        super().add_field(app_label, model_name, name, field, preserve_default)
        self._draw(apps, app_label, model_name)

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        """delay: Django's word for a change that others hardly see, as of an index, a constraint, a trigger."""
        apps = self.__dict__.pop("apps", None)
        if delay:
            self._draw(apps, app_label, model_name)
        # Else what refers to the model may have changed with it: all are drawn when next asked for.

    def _draw(self, apps: Any, app_label: str, model_name: str) -> None:
        if apps is None:
            return
        self.apps = apps
        self.is_delayed = True
        self._reload({(app_label, model_name.lower())})  # type: ignore[attr-defined]

    def clone(self) -> Self:
        new = super().clone()
        new.__class__ = type(self)
        return new  # type: ignore[return-value]


class Executor(MigrationExecutor):
    def _create_project_state(self, with_applied_migrations: bool = False) -> State:
        state = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        return State(state.models, state.real_apps)


class Command(migrate.Command):
    def handle(self, *words: Any, **options: Any) -> None:
        migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]
        super().handle(*words, **options)
