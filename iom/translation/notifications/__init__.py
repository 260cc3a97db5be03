"""E-mail notifications: `outbox` keeps messages to users, `sending` sends them, and users choose how often (`hooks`).

Here belongs what a message needs whatever it says. The workflow keeps messages, and says what each of them tells
(`workflow.message_entries`).
"""
