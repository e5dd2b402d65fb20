{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "ddb6703d654c3d13ca15b6e7b5565163b29f16ecae1be0cb54462260b5b2b51c\n";
}
