package formats

import (
	"strconv"
	"strings"
)

// calendarNames are the words of systemd for common times, by what it makes of them.
var calendarNames = map[string]string{
	"*-*-* *:*:00": "minutely", "*-*-* *:00:00": "hourly", "*-*-* 00:00:00": "daily", "Mon *-*-* 00:00:00": "weekly",
	"*-*-01 00:00:00": "monthly", "*-01,04,07,10-01 00:00:00": "quarterly", "*-01,07-01 00:00:00": "semiannually",
	"*-01-01 00:00:00": "yearly",
}

// CalendarTimer is a timer on the wall clock as a unit file has it. systemd tells times written out; where a word
// means the same, the word is kept.
func CalendarTimer(base, time string) string {
	if name := calendarNames[time]; name != "" {
		time = name
	}
	return base + "=" + time
}

// timeUnits are the units in which systemd tells a time span, in microseconds; a year has 365.25 days.
var timeUnits = []struct {
	name         string
	microseconds uint64
}{
	{"y", 31557600e6}, {"month", 2629800e6}, {"w", 7 * 86400e6}, {"d", 86400e6}, {"h", 3600e6}, {"min", 60e6},
	{"s", 1e6}, {"ms", 1000}, {"us", 1},
}

// MonotonicTimer is a timer that counts from an event, as a unit file has it: OnBootUSec and 300000000 are OnBootSec=5min.
func MonotonicTimer(base string, microseconds uint64) string {
	name := base
	if stem, found := strings.CutSuffix(base, "USec"); found {
		name = stem + "Sec"
	}
	if microseconds == 0 {
		return name + "=0"
	}
	var parts []string
	for _, unit := range timeUnits {
		if n := microseconds / unit.microseconds; n > 0 {
			parts = append(parts, strconv.FormatUint(n, 10)+unit.name)
			microseconds %= unit.microseconds
		}
	}
	return name + "=" + strings.Join(parts, " ")
}
