// Going to another room: a click on its row, its password, or a room of one's own.

var dialog:MovieClip;

function clickRoom(room:Object) {
  if (room.isProtected) { askPassword(room.label); }
  else { goTo(room.label, "", false); }
}

function goTo(name:String, password:String, isNew:Boolean) {
  closeDialog();
  wantedRoom = name;
  if (isNew) { es.createRoom({roomName: name, password: password}); }
  else { es.joinRoom(name, password); }
}

function openDialog(title:String, height:Number):MovieClip {
  closeDialog();
  dialog = newClip(_root.screen);
  // Takes the clicks that are meant for nothing behind it.
  var shade:MovieClip = newClip(dialog);
  shade.beginFill(0x1F3347, 35);
  shade.moveTo(0, 0);
  shade.lineTo(550, 0);
  shade.lineTo(550, 400);
  shade.lineTo(0, 400);
  shade.endFill();
  shade.onRelease = closeDialog;
  shade.useHandCursor = false;
  var panel:MovieClip = newClip(dialog);
  panel._x = 135;
  panel._y = 120;
  drawBox(panel, 0, 0, 280, height, 6, 0xFFFFFF, 0xF1F6FA, theme.line);
  makeText(panel, 16, 12, title, styleOf(14, theme.ink, true));
  return panel;
}

function closeDialog() {
  dialog.removeMovieClip();
  dialog = undefined;
}

function askPassword(room:String) {
  var panel:MovieClip = openDialog("Password of " + room, 112);
  var submit:Function = function() { goTo(room, password_ti.text, false); };
  var password_ti:TextField = makeInput(panel, 16, 40, 248, 30, submit);
  password_ti.password = true;
  makeButton(panel, 70, 76, 92, "Cancel", closeDialog);
  makeButton(panel, 172, 76, 92, "Join", submit);
  Selection.setFocus(password_ti);
}

function askNewRoom() {
  var panel:MovieClip = openDialog("New room", 150);
  var submit:Function = function() {
    var name:String = trim(room_ti.text);
    if (name != "") { goTo(name, password_ti.text, true); }
  };
  makeText(panel, 16, 44, "Name", styleOf(12, theme.ink));
  var room_ti:TextField = makeInput(panel, 86, 40, 178, 30, submit);
  makeText(panel, 16, 78, "Password", styleOf(12, theme.ink));
  var password_ti:TextField = makeInput(panel, 86, 74, 178, 30, submit);
  password_ti.password = true;
  makeButton(panel, 70, 112, 92, "Cancel", closeDialog);
  makeButton(panel, 172, 112, 92, "Create", submit);
  Selection.setFocus(room_ti);
}
