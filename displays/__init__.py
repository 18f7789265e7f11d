"""The displays of a hall: LED panels and hall screens, fed by MQTT only."""
