package api

// CheckPaths reads a description of paths.
func CheckPaths(text string) error {
	_, err := readPaths(text)
	return err
}
