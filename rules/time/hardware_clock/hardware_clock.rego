# METADATA
# scope: package
# title: The zone of the clock on the board
# description: |
#  Where the clock of the board is in local time, NixOS is told so; it takes UTC otherwise,
#  and the host would start hours off until a time server answers, with tickets, one-time
#  passwords and certificates refused in between.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=time.hardwareClockInLocalTime
#   - https://man7.org/linux/man-pages/man5/adjtime_config.5.html
package rules.time.hardware_clock

settings contains {"at": ["/system/clock/local_rtc"], "option": ["time", "hardwareClockInLocalTime"], "value": true} if input.system.clock.local_rtc
