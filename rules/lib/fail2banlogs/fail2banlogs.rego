# METADATA
# title: Log files of Debian that hold what the journal holds
package lib.fail2banlogs

# METADATA
# title: Files that syslog writes
of_syslog[sprintf("/var/log/%s", [name])] if some name in ["auth.log", "daemon.log", "messages", "syslog"]
