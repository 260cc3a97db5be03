"""E-mail notifications: `outbox` keeps messages to users and sends them, `hooks` lets users choose how often.

Here belongs what a message needs whatever it says. The workflow keeps messages, and says what each of them tells
(`workflow.message_entries`).
"""
