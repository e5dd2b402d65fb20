{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "7817cb5d91c75c6fe447210ec189f32f385723abbdf9d67959eaae35d9b5b8ed\n";
}
