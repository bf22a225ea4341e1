import pgtrigger.compiler
from django.db import migrations, models

from palkkio.audit.triggers import triggers_of


class Migration(migrations.Migration):
    replaces = [
        ("audit", "0001_initial"),
        ("audit", "0002_events_are_never_changed"),
        ("audit", "0003_events_are_sealed_in_a_chain"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(unique=True)),
                ("form", models.PositiveSmallIntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "indexes": [models.Index(fields=["sealed_at"], name="seals_by_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="seals_are_never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cff6c7363236a49607829c7ccdbf902d778ae177",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_seals_are_never_changed_66f08",
                            table="audit_seal",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("actor_account_id", models.BigIntegerField(null=True)),
                ("actor_person_id", models.BigIntegerField(null=True)),
                ("actor_role", models.CharField(blank=True, max_length=30)),
                ("subject_person_id", models.BigIntegerField(null=True)),
                ("is_read", models.BooleanField(default=False)),
                ("action", models.CharField(max_length=60)),
                ("object_kind", models.CharField(blank=True, max_length=40)),
                ("object_id", models.BigIntegerField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("details", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation_id", "object_kind", "object_id", "at"], name="audit_by_object"),
                    models.Index(fields=["organisation_id", "subject_person_id", "at"], name="audit_by_subject"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="events_are_never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0025596605d89aad992744160e049b365eb81fd5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_events_are_never_changed_8ca88",
                            table="audit_event",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.RunPython(triggers_of("audit"), migrations.RunPython.noop),
    ]
