with { };
[
  {
    x =
      let
        k0.nwwwwww.nwwww.nw.nwwww = [ ];

        k1.nw =
          (
            let
              k0.nwwwww.nwwww.nw.nw = pkgs.pwwwwwwwwwwwwwwwww;
              k1 = pkgs.pwwwwwwwwwwwww;
              k2.nwwwwwwwwwwwwwwwwwwwwww."a b" = ./pwwww.nix;
              z = vwwwwwwwwww;
            in
            -910
          )
          // [ ];
        z =
          -952
          == lib.fwwwwwwww ./pwwwwwwwwwwwww.nix "text text text text text text text text text text text text text text ";
      in
      lib.fw "text text text " (with lib.ewwwwwwwwwwwww; pkgs.pwwwwwwwwwwwwwww);
  }
  {
    x = [ ];
  }
  {
    x =
      lib.fw
        {
          k0.nwwwww.nw.nwwwwwwwwwwwwwwwwwwwwwwwww = 112;

          # about wwwwwwwww
          k1.nwwwwwww.nw.nwwwwwwwwwwwwwwwwwwwwww.nwwwwwwwww.nw = vwww;
        }
        ''
          line wwwwwww
            de''
      // [
        (if ./pwwwwwwwwwww.nix then vwwwwwwwwww else pkgs.pwwwww)
        293
        [ { } ]
      ];
  }
  {
    x = [
      {
        k0.nwwwwwww = pkgs.pw;
        inherit i0www i1w i2wwwwwwwwwww;
      }
    ];
  }
  {
    x = lib.fwww (
      { a, b, ... }:
      {
        k0.nw.nwwww.nwwwwwwwww = [
          929
          vwwww
          27
        ];
      }
    );
  }
  {
    x = lib.fw (lib.fwwwwwww "text text text text text text " [ ] ({ } || 187)) (
      {
        a,
        b,
        c,
        ...
      }:
      with lib.ewwwwwwwwwwwwwwwwwww;
      pkgs.pwwwwwwwww
    );
  }
  {
    x = lib.fwwww [ ];
  }
  {
    x =
      !lib.fwwwwwwwwwwwwwwwwwwwwwwwwwwww
        ''
          line wwwwww
            deeper

          x = 1''
        (lib.fwww (lib.fwwwwwwwwwwwwwwwwwwwwwwwww pkgs.pwwwwwwwwww pkgs.pwwwwwwwww) { } [ vw ])
        [
          [ ./pwwwww.nix ]
          pkgs.pwwwwwwwwwww
          ./pwwwwwwwwwww.nix
        ];
  }
  {
    x = [
      (''
        line wwwwwww
          deeper

      '').a.b
      {
        k0.nw.nwwwwwwwwwwwwwwwwwwwwwwwwwwww = ./pw.nix;
        k1.nwwwwwwwwwww.nwwwwwwwww.nwwwwwwwww.nw.nw."a b" = vwwww;
        inherit (-989) i0wwwwwwwwww;
      }
      [ ]
    ];
  }
  {
    x =
      if
        {
          k0.nw.nwwwwwwwww.nwwwwwww.nwwwwwww.nww = { };
        }
      then
        let
          k0.nwwwwwwwwwwwwwwwwwwwwww.nw.nwwwwwwwwwwwwwwww = { };
          k1.nw = (./pw.nix).a or ./pwwwww.nix;
          k2.nw."a b" = {
            k0.nwwwwwwwwwwwwwww.nw.nwwwwwwwwwwwwwwwwwwwwwwwwwwww.nw.nwwwwwww = vwwwwwwwwwwwwwwwwwww;

            k1.nw = pkgs.pwwwwwwww;
            k2.nwwwwwwwwwwwwwwwwwwwwww.nw.nwwwwwwwww = ./pw.nix;
          };
          z = 227 ++ vwwwwwww;
        in
        lib.fw ./pwwww.nix ./pw.nix vw
      else
        [ ];
  }
  {
    x = ''
      line wwwwwwwwwwwwwwwwwww
        deepe'';
  }
  {
    x = with lib.ewwwwwwwwwww; ''
      line wwwwwwwwwww
        deeper

      x = '';
  }
  {
    x = with lib.ewwwwwwwwwwwwwwwww; [ ];
  }
  {
    x = [ ];
  }
  {
    x = [
      (if vwwwwwwwwwwwwwwwwwwwwwwwww then pkgs.pw else ./pwwww.nix)
    ]
    ++ (
      {
        k0.nwwwwwwwwwwwwwwwww.nwwwwwwwwwwwwwwwwwwwwwwwww = 647;

        k1.nwwwwwwwwwwwwwwwwwww.nw = ./pwwwwwwwwwwwwwwwwwwwwwwwww.nix;
        k2.nwwwwwwwww.nwwwwwww = "text text text text text text text text text text text text text ";
      }
      && [
        vwwwwwwwwww
        { }
        { }
      ]
    );
  }
  {
    x =
      p:
      let
        k0.nwwwwww.nwww = ./pw.nix;

        k1.nwww.nwwwwwww.nw.nw.nwwwwww =
          let
            k0.nw.nwwwwwwww."a b" = { };
            inherit
              i0wwwwwwwwwwwwwwww
              i1w
              i2wwwwwwwwww
              i3wwwwwwwww
              ;
            z = vww;
          in
          { };
        z =
          with lib.ew;
          "text text text text text text text text text text text text text text text text text ";
      in
      ./pwww.nix;
  }
  {
    x =
      lib.fwwwww
        ''
          line w
            deepe''
        [ (lib.fwwwwwwwww ./pwwwwwwww.nix { }) ]
        ''
          line w
            deeper

          x = 1
        '';
  }
  {
    x =
      lib.fwwwww (lib.fwwww { } pkgs.pw ./pwwwwwwwwwwwwwwwwwwwwwwwwwwww.nix)
        (
          let
            # about ww
            k0.nwwwwwww = ./pwwwwww.nix;
            inherit (if "text text text text text text text " then 388 else pkgs.pwwwwwwwwwwwwwwww)
              i0wwwwwwww
              i1wwwwwwwww
              i2w
              i3w
              ;
            z = {
              k0 = vwwwwwwwwwwwwwwwww;
              k1.nwwwwwwwwwww = "text text text text text text text text text text text text text ";
              inherit ("text text text text text text text text text text text text ")
                i0w
                i1w
                i2wwwwwwwww
                i3w
                i4w
                ;
            };
          in
          { }
        )
        ''
          line w
            deeper

          x = '';
  }
  {
    x =
      if
        {
          k0.nwwwwwwwwwwwwwwwwwww = [ "text text text text text text " ];
          k1.nwwwwwwwwwwwwwwww.nwwwwwww.nwwwwwwwwwwwww = !{ };
          k2.nw = lib.fwwwwwwwwwwwww {
            k0.nwwwwwwwwwwwwwwww.nwwwwwwwwwwwwwwwwwwwwwwwww.nwwwwwwwww = vw;

            k1 = vw;
            k2.nwwwwwwwwwww.nwwwwwwwwww = 154;
          };
          inherit (with lib.ewwwww; vwwwwwwwwww) i0wwwwwwwwwwwwwwwwwww i1wwwwwwwwwwwwwww;
        }
      then
        lib.fwwwwwwwwwwwwwwwwwwwwww 793 (lib.fwwwwwwwwwww 468)
      else
        ''
          line wwwwwww
            deeper

          x '';
  }
  {
    x = { };
  }
  {
    x = [ { } ];
  }
  {
    x =
      let
        # about wwwwwwwwwwwwwww
        k0.nw.nwwwwww.nw.nwwwwwwwwww.nwwwwwwwwwwwwwwww = vw.a.b // ''
          line wwwwwwwwwwwwwwwwwwwwwwwww
            deepe'';
        z = ''
          line wwwwwwwwwwwww
            deeper

          x ='';
      in
      ''
        line wwwwwwwwwwwww
          de'';
  }
  {
    x =
      ([
        ({ } || vwwwww)
        (102 ? a.b)
        [ ("text text text text text text text text text " // pkgs.pw) ]
      ]).a.b;
  }
  {
    x =
      lib.fwwwwwwwwwwwwwwwwwww
        [
          ''
            line wwww
              deep''
          ''
            line wwwww
              deeper''
          [
            (if { } then { } else 926)
            (if 63 then "text text text text text text text text text text text " else ./pw.nix)
          ]
        ]
        [
          {
            k0.nwwwwwwwwwwwwwwww.nwww.nwwwwwwwwww.nwwwwwwwwww = ./pw.nix;
            k1.nwwwwwwwwww.nwww.nwwwwwwwwwwwwwwwww.nwwwwwwwww = vwwwwwwwwwwwww;
            k2.nwwwwwwwwww.nwwwwww.nw.nw.nwwwwwwwwww = pkgs.pwwww;
          }
          pkgs.pwwwwwwww.a.b
        ]
        (
          [
            pkgs.pw
            pkgs.pwwwwwwwwwwwwwwwww
            pkgs.pwwwwwwwwwwwwwwwwwwwwww
          ] == vwwwwwwwwwwwwwwww
        );
  }
  {
    x = lib.fw [ (if vwwwwwww then vw else "text text text text text ") ] (
      lib.fw { } [ ] [ (lib.fwwwwwwwwww 864 (-425) { }) ]
    );
  }
  {
    x = (p: lib.fw pkgs.pwwwwwwwwwwwwwwww) ++ [ ];
  }
  {
    x = ''
      line w
        deeper'';
  }
  {
    x = [
      (with lib.ew; "text ")
      ({
        k0.nwwwwwww.nwwwwwwwwwwwwwwwwwwwwwwwww.nwwwwwwwwwwwwwwww.nw = -71;

        k1.nw.nwwwwwww = ./pw.nix;
        k2.nw.nw.nwwww.nwwwwwwww.nwwwwwwwww = ./pw.nix;
      }).a.b
    ];
  }
  {
    x =
      p:
      [
        (-26)
        ./pwwwwwwwwwwwwwwwwwwwwww.nix
        "text text text text text "
      ] ? a.b;
  }
  {
    x = with lib.ew; {
      k0 = {
        # about wwwwwww
        k0.nw.nwwwwww.nwwwwwwwwwww.nwwwwwwww.nwwwwwwwwwwwwwwwwwww = vwwwwwwwwwwwww;
        k1.nwwwwwwwwwwwww.nwwwwwwwwwww.nw.nwwwwwwwwwwwww.nwwwwwww =
          "text text text text text text text text text text ";
        inherit ("text text text text text text text text text text text text text ") i0wwww i1w;
      };
      inherit
        i0wwwwwwwwww
        i1wwww
        i2wwwwwwwwwwwwwww
        i3wwwwwww
        ;
    };
  }
  {
    x =
      with lib.ew;
      lib.fwwwwwwwwwwwwwwwww (
        let
          k0.nwwwwwwwwwwwww.nwwwwwwwwwwwwwwwwwww.nw.nwwwwwwwwwwwwwww.nwwwwwwwww."a b" =
            "text text text text text text text text text ";

          k1.nwwwww.nw.nwwwwwww.nw.nwwwwwww = "text text text text text text text text text text text text ";
          z = { };
        in
        vww
      );
  }
  {
    x = "line www\n  ";
  }
  {
    x =
      let
        k0.nwwwwwww.nwww =
          let
            k0.nwwwww.nwwwwwwwww.nwwwwwwwww.nw = lib.fwwwwwwwwwww pkgs.pwwwwwwwww;
            z = [ 846 ];
          in
          [ ];
        z = [
          (vwwwww // pkgs.pwwwwwwwwwwwwwww)
          (with lib.ew; { })
        ];
      in
      { a }:
      let
        k0.nwwwwwww = ./pwww.nix;

        k1.nwwwwwwwww.nwwwwwwwwwwwwwwwwwwwwwwwwwwww.nwwwwww.nwwwwwwwwww = ./pwwwwwwwwwwwwwww.nix;
        z = { };
      in
      ./pwwwwwwwwwwwww.nix;
  }
  {
    x =
      { a, b, ... }:
      [
        {
          k0.nwwwwwwwwwwwwwww.nw.nwwwww = 378;
        }
        vwwwwwwwwwww
        (lib.fwwwwwwwwww 50 vw pkgs.pwwwwwwwwwwwwwwwwwww)
      ];
  }
  {
    x = {
      k0.nw = ./pw.nix && lib.fwwwww vw pkgs.pwwwwwwwwwwwww;
      k1.nw.nw.nwwwwwwwwwww.nw.nwwwwwwwwwwwwwwwwwwwwww =
        let
          z = 56;
        in
        490;
      k2.nwwwwwwwww.nwwwwwwwww.nww = [
        ''
          line w
            deeper

          x = 1''
        (
          let
            k0.nwwwwwwwwww.nwwwwwwwwww.nwwwwwwwwwwwwwwwwwww = "text text text text text text text ";
            k1.nwwwwwwwwwwwww.nw.nwwwwwwwww.nw.nwwwww."a b" =
              "text text text text text text text text text text text text text text text text ";
            k2.nwwwwww.nw = vwwwwwww;
            z = vwwwwwwwwwwwwwwww;
          in
          vw
        ).a.b
      ];
    };
  }
  {
    x = {
      k0 = ./pwwwwwwwwwwwwwwwwwwwwww.nix && vw;
      k1.nw.nwwww =
        let
          # about wwwwwwwwwwwwwwww
          k0.nwwwwwww."a b" = lib.fw ./pw.nix;
          k1.nw.nwwwwwwwww.nwwwwwwwwwwwww.nw.nwwwwwwwwwwwwwwwww = with lib.ew; -45;
          inherit (pkgs.pwwwwwwwwwwwww) i0w;
          z = 19;
        in
        vw;
    };
  }
  {
    x =
      {
        a,
        b,
        c,
      }:
      let
        z = pkgs.pwwwwwwwwwwwwwwwww;
      in
      ./pwwwwwwwwwwwwwwww.nix;
  }
  {
    x = { };
  }
  {
    x = lib.fw (with lib.ewwwwwww; { a, b }: pkgs.pwww);
  }
  {
    x =
      {
        # about wwwwwwwwwwwwwwwwwww
        k0.nwww = lib.fwwwwwww ./pw.nix [ ./pwwwwwwwwwwwwwwwwwwwwwwwww.nix ];

        k1.nwwwwwwww.nwww = lib.fw "text text text text text text " ./pwwwwwwwwww.nix vwwwww;
      }
      && { };
  }
  {
    x =
      lib.fw (lib.fwwww ./pwwwwwwwwwwwwwwwwwww.nix ./pwwwwww.nix ./pw.nix) (
        let
          k0.nwwwwwwwwwwwwwwwwwww.nw = vwwwwwwwwwwwwwww;
          k1.nwwwww.nw = vwwwwwwwww;
          z = { };
        in
        pkgs.pwwwwwwwwwwwwwwww
      ) { }
      && [ ];
  }
  {
    x = p: lib.fwwwww [ ] (lib.fwwwwwww pkgs.pwwwwwww);
  }
  {
    x =
      p:
      lib.fw ''
        line wwwwwwwwwwwww
          deeper

        x = '';
  }
  {
    x =
      if
        {
          inherit
            (
              { a }:
              let
                # about wwwwwwwwww
                k0.nw.nwww.nwwwwwwww.nw.nw = ./pw.nix;

                # about w
                k1.nwwwwwwwwwww.nwwww.nwwwww.nw.nwwww = "text text text text text text ";
                z = vwwwwwwwwwwwwwwwww;
              in
              986
            )
            i0wwwwwwwwwwwwwwwwwwwwww
            i1w
            i2www
            i3wwwwwwwwwww
            ;
        }
      then
        lib.fw "text text text text text text text text text text text text text text text text text " (
          "text " == "text text text text text "
        )
      else
        (
          let
            z = { };
          in
          vwwww
        ) ? a.b;
  }
  {
    x = [
      (lib.fw { } "text " "text text text text text text text text text text text text text text ")
    ]
    // { };
  }
  {
    x =
      (''
        line w
          de'').a.b;
  }
  {
    x = lib.fwwwwwwwwww vwwwwwwwwwwwwwwwww { } { } ? a.b;
  }
  {
    x = [
      (with lib.ewwwwwwwwwwwwwww; 134)
      ((p: { }) == [ ./pwwwwwww.nix ])
      (with lib.ewwwwwwwwwwwwwwwwwwwwwwwwwwww; lib.fw "" "text text text text " ./pw.nix)
    ];
  }
]
