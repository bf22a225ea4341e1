"""Writes of the stage: comments, notices, reminders, call-back requests."""

from palkkio.messages.actions.callbacks import ask_callback, handle_callback
from palkkio.messages.actions.cards import warn_of_missing_cards
from palkkio.messages.actions.comments import (
    add_comment,
    delete_comment,
    edit_comment,
    mark_processed,
    mark_unprocessed,
)
from palkkio.messages.actions.holding import give_comments, leave_comments, remind_of_comments, take_comments
from palkkio.messages.actions.letters import (
    choose_letters,
    mark_told,
    print_instead,
    print_letters,
    send_letter_again,
)
from palkkio.messages.actions.notices import choose_mail, email_notices, mark_read, notify, send_reminders
from palkkio.messages.actions.payslips import tell_payslips_are_ready
from palkkio.messages.actions.warnings import (
    email_account_warning,
    tell_account_changed,
    tell_gate_is_open,
    tell_of_new_device,
)

__all__ = [
    "add_comment",
    "ask_callback",
    "choose_letters",
    "choose_mail",
    "delete_comment",
    "edit_comment",
    "email_account_warning",
    "email_notices",
    "give_comments",
    "handle_callback",
    "leave_comments",
    "mark_processed",
    "mark_read",
    "mark_told",
    "mark_unprocessed",
    "notify",
    "print_instead",
    "print_letters",
    "remind_of_comments",
    "send_letter_again",
    "send_reminders",
    "take_comments",
    "tell_account_changed",
    "tell_gate_is_open",
    "tell_of_new_device",
    "tell_payslips_are_ready",
    "warn_of_missing_cards",
]
