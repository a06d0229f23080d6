// The rooms of the zone and the people of the room, at the right.

var roomListBox:MovieClip;
var userListBox:MovieClip;

function openLists(screen:MovieClip) {
  makeText(screen, 380, 42, "Rooms", styleOf(12, theme.ink, true));
  roomListBox = makeScroller(screen, 380, 60, 160, 110);
  makeText(screen, 380, 178, "People here", styleOf(12, theme.ink, true));
  userListBox = makeScroller(screen, 380, 196, 160, 134);
}

function fill(box:MovieClip, rows:Array) {
  for (var name in box.content) { if (typeof box.content[name] == "movieclip") { box.content[name].removeMovieClip(); } }
  for (var i:Number = 0; i < rows.length; i++) {
    makeRow(box.content, 2 + i * 20, 146, rows[i].label, styleOf(12, rows[i].color, rows[i].bold), rows[i].action);
  }
  box.measure(4 + rows.length * 20, false);
}

function byLabel(a:Object, b:Object):Number {
  var first:String = a.label.toLowerCase();
  var second:String = b.label.toLowerCase();
  return first < second ? -1 : (first > second ? 1 : 0);
}

function showRooms() {
  if (!isChatting) { return; }
  var rooms:Array = es.getRoomList().slice().sort(byLabel);
  var rows:Array = [];
  for (var i:Number = 0; i < rooms.length; i++) { rows.push(rowOfRoom(rooms[i])); }
  fill(roomListBox, rows);
  trace("rooms: " + labelsOf(rows));
}

function rowOfRoom(room:Object):Object {
  var isHere:Boolean = room.label == roomToJoin;
  var lock:String = room.isProtected ? " *" : "";
  return {
    label: room.label + lock + " (" + room.users + ")",
    color: isHere ? theme.accent : theme.ink,
    bold: isHere,
    action: isHere ? undefined : function() { clickRoom(room); }
  };
}

function showUsers() {
  if (!isChatting) { return; }
  var users:Array = es.getUserList().slice().sort(byLabel);
  var rows:Array = [];
  for (var i:Number = 0; i < users.length; i++) { rows.push(rowOfUser(users[i])); }
  fill(userListBox, rows);
  trace("people: " + labelsOf(rows));
}

function rowOfUser(user:Object):Object {
  var isMe:Boolean = user.label == username;
  return {
    label: user.label + (isMe ? " (you)" : ""),
    color: user.label == recipient ? theme.whisper : theme.ink,
    bold: user.label == recipient,
    action: isMe ? undefined : function() { talkTo(user.label == recipient ? "" : user.label); }
  };
}

function labelsOf(rows:Array):String {
  var labels:Array = [];
  for (var i:Number = 0; i < rows.length; i++) { labels.push(rows[i].label); }
  return labels.join(", ");
}

es.roomListUpdated = showRooms;
es.userListUpdated = showUsers;
