package lib.calendar_test

import data.lib.calendar

_events := {
	"*-1..6-1 12:00": "*-01..06-01 12:00:00",
	"*/15": "*-*-* *:00/15:00",
	"08:00:30": "*-*-* 08:00:30",
	"21:00": "*-*-* 21:00:00",
	"8..17,22:0/15": "*-*-* 08..17,22:00/15:00",
	"daily": "*-*-* 00:00:00",
	"fri..mon 1:30": "Sun,Mon,Fri,Sat *-*-* 01:30:00",
	"mon,wed..fri */2:00": "Mon,Wed,Thu,Fri *-*-* 00/2:00:00",
	"Mon..Fri 12:00": "Mon,Tue,Wed,Thu,Fri *-*-* 12:00:00",
	"sat": "Sat *-*-* 00:00:00",
	"sat *-1..7 15:00": "Sat *-*-01..07 15:00:00",
	"sun 01:00": "Sun *-*-* 01:00:00",
	"weekly": "Mon *-*-* 00:00:00",
	"2026-12-24": "2026-12-24 00:00:00",
	"2026-*/2-1 04:05": "2026-01/2-01 04:05:00",
	"sat 2026-12-24": "Sat 2026-12-24 00:00:00",
	"*-12-24 18:00": "*-12-24 18:00:00",
}

test_events_of_pve if {
	every text, want in _events {
		calendar.event(text) == want
	}
}

# Ambiguous, impossible, or more than a time.
test_what_is_no_clear_event if {
	every text in ["", "mon..fri 22", "22", "mon..fri 8-18/2", "24:00", "10:60", "noon", "mon,,tue 1:00", "1:00 UTC", "17..8:00", "*-13-1", "*/0", "mon..xyz 1:00", "1:00\n2:00", "$(reboot)", "12:%i"] {
		not calendar.event(text)
	}
}

_lines := {
	"0 21 * * 1,2,3,4,5": "Mon,Tue,Wed,Thu,Fri *-*-* 21:00:00",
	"30 3 * * 6": "Sat *-*-* 03:30:00",
	"0 2 * * 0": "Sun *-*-* 02:00:00",
	"*/10 8-18 * * *": "*-*-* 08..18:00/10:00",
	"5 4 1 1-3 *": "*-01..03-01 04:05:00",
	"0 1 * * 5-7": "Sun,Fri,Sat *-*-* 01:00:00",
}

test_lines_of_cron if {
	every text, want in _lines {
		calendar.cron(text) == want
	}
}

test_what_is_no_clear_line if {
	every text in ["0 1 13 * 5", "@daily", "0 1 * * mon", "0 1 * *", "61 1 * * *", "0 1 * * 7-5", "0 1 * * 8"] {
		not calendar.cron(text)
	}
}
