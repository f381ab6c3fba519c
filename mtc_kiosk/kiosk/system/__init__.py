"""The PC under the kiosk: window, clock, devices, signals, priority."""
