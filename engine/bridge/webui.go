package bridge

// webui keeps the page on which the host is managed.
const webui = ruled("webui")
