"""Recordings made by a robot that has nothing but a mouse and a keyboard."""
