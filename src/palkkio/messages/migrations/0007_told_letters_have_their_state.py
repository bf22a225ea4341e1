from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("palkkio_messages", "0006_letters_by_suomifi_and_in_one_batch")]

    operations = [
        migrations.RunSQL(
            """
            UPDATE palkkio_messages_letter
               SET state = CASE means WHEN 'phone' THEN 'told' ELSE 'printed' END, state_at = told_at
             WHERE told_at IS NOT NULL
            """,
            migrations.RunSQL.noop,
        )
    ]
