{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "b4be73c0ba8a158d257fe7bf360434162cc4419d4b4d7bfc83ce0d1cf406037a\n";
}
