from django.db import migrations

# Django's cache in the database: allauth counts tries and remembers used codes there, for all web processes.


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_devices_are_known"),
    ]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE accounts_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX accounts_cache_expires ON accounts_cache (expires);
            """,
            "DROP TABLE accounts_cache",
        ),
    ]
