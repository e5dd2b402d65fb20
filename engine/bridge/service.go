package bridge

// service makes units of systemd of those that no module of NixOS brings.
const service = ruled("service")
