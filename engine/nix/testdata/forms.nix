{ lib, a }:
let
  inherit (lib)
    mkIf
    mkMerge
    types
    mkForce
    "or"
    ;
  # three fit on a line
  inherit (lib.strings) concatStrings hasPrefix;

  inherit a;
in
{
  short = if a == 1 then "one" else "many";
  long =
    if a then
      [
        1
        (-2)
      ]
    else if !a.b then
      {
        x = -1.0e+21;
      }
    else
      null;
  update = a // {
    least = (-9223372036854775807 - 1);
  };
  operators =
    (lib.aVeryLongConditionThatHasToBeBroken || lib.overSeveralLines)
    && lib.somethingWithAQuiteLongName ? a."b c";
  single = [ (a == [ ]) ];
  long-text = lib.mkForce "a single text is never divided, and the function stays with it, even where both together are longer than the page";
  nested = lib.mkIf (lib.hasPrefix "a" a.name) (
    lib.mkMerge [
      {
        x = 1;
      }
      { }
    ]
  );
  mapped =
    map
      (x: {
        name = x;
      })
      [
        "a"
        "b"
      ];
  two-lists =
    lib.replaceStrings
      [
        "a"
        "b"
      ]
      [
        "c"
        "d"
      ];
  "with" = with lib; {
    x = id;
  };
  no-parameters =
    { }:
    {
      # empty
    };
  indented = ''
    no line end
      'quoted''' '''''${x}''\''';
  texts = [
    ''
      a
      b
    ''
    (a ''
      c

      d
    '')
  ];
  select =
    ({
      "in" = 1;
    })."in" or (-1);

  # the end
}
