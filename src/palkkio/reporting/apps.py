from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "palkkio.reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from palkkio.payroll import gate
        from palkkio.reporting.accounts import ledger_condition
        from palkkio.reporting.households import household_condition

        gate.add_check(ledger_condition)
        gate.add_check(household_condition)
