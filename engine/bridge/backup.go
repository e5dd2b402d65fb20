package bridge

// backup runs the jobs that were there at their times.
const backup = ruled("backup")
