enter("Login", function() {
  var panel:MovieClip = openPanel("Log in", 216);
  var hint:TextField = makeText(panel, 18, 188, "Names have 3 to 14 characters.", styleOf(11, theme.faint));
  var login:Function = function() {
    username = trim(username_ti.text);
    roomToJoin = trim(room_ti.text);
    roomPassword = password_ti.text;
    if (username.length > 2 && username.length < 15 && roomToJoin.length > 0) {
      es.login(username);
      _root.gotoAndStop("Waiting");
    } else { hint.setTextFormat(styleOf(11, theme.wrong, true)); }
  };
  makeText(panel, 18, 50, "Name", styleOf(12, theme.ink));
  var username_ti:TextField = makeInput(panel, 90, 46, 172, 20, login);
  makeText(panel, 18, 84, "Room", styleOf(12, theme.ink));
  var room_ti:TextField = makeInput(panel, 90, 80, 172, 30, login);
  makeText(panel, 18, 118, "Password", styleOf(12, theme.ink));
  var password_ti:TextField = makeInput(panel, 90, 114, 172, 30, login);
  password_ti.password = true;
  makeText(panel, 90, 139, "only if the room has one", styleOf(10, theme.faint));
  makeButton(panel, 162, 158, 100, "Log in", login);
  username_ti.text = _root.name == undefined ? username : _root.name;
  room_ti.text = roomToJoin == "" ? "Lobby" : roomToJoin;
  Selection.setFocus(username_ti);
  trace("Login");
});

function trim(text:String):String {
  while (text.charAt(0) == " ") { text = text.substr(1); }
  while (text.charAt(text.length - 1) == " ") { text = text.substr(0, text.length - 1); }
  return text;
}
