//! The actions that an audit log records.

open_enum! {
    /// An action in a group's audit log.
    ///
    /// Filters take `ChangeRank`; responses have been seen with `Change Rank`. Both are the same value here.
    GroupAuditLogAction,
    /// A wall post was deleted.
    DeletePost = "DeletePost" | "Delete Post",
    /// A member was removed.
    RemoveMember = "RemoveMember" | "Remove Member",
    /// A join request was accepted.
    AcceptJoinRequest = "AcceptJoinRequest" | "Accept Join Request",
    /// A join request was declined.
    DeclineJoinRequest = "DeclineJoinRequest" | "Decline Join Request",
    /// The status, or shout, was set.
    PostStatus = "PostStatus" | "Post Status",
    /// A member's role was changed.
    ChangeRank = "ChangeRank" | "Change Rank",
    /// An advertisement was bought.
    BuyAd = "BuyAd" | "Buy Ad",
    /// An alliance was proposed to another group.
    SendAllyRequest = "SendAllyRequest" | "Send Ally Request",
    /// Another group was declared an enemy.
    CreateEnemy = "CreateEnemy" | "Create Enemy",
    /// An alliance was accepted.
    AcceptAllyRequest = "AcceptAllyRequest" | "Accept Ally Request",
    /// An alliance was declined.
    DeclineAllyRequest = "DeclineAllyRequest" | "Decline Ally Request",
    /// An alliance was ended.
    DeleteAlly = "DeleteAlly" | "Delete Ally",
    /// An enmity was ended.
    DeleteEnemy = "DeleteEnemy" | "Delete Enemy",
    /// A place was added.
    AddGroupPlace = "AddGroupPlace" | "Add Group Place",
    /// A place was removed.
    RemoveGroupPlace = "RemoveGroupPlace" | "Remove Group Place",
    /// Avatar items were created.
    CreateItems = "CreateItems" | "Create Items",
    /// Avatar items were changed.
    ConfigureItems = "ConfigureItems" | "Configure Items",
    /// Funds were spent.
    SpendGroupFunds = "SpendGroupFunds" | "Spend Group Funds",
    /// The owner was changed.
    ChangeOwner = "ChangeOwner" | "Change Owner",
    /// The group was deleted.
    Delete = "Delete",
    /// The service adjusted the group's funds.
    AdjustCurrencyAmounts = "AdjustCurrencyAmounts" | "Adjust Currency Amounts",
    /// The owner abandoned the group.
    Abandon = "Abandon",
    /// A user claimed a group without an owner.
    Claim = "Claim",
    /// The group was renamed.
    Rename = "Rename",
    /// The description was changed.
    ChangeDescription = "ChangeDescription" | "Change Description",
    /// A user was invited to the clan.
    InviteToClan = "InviteToClan" | "Invite to Clan",
    /// A user was removed from the clan.
    KickFromClan = "KickFromClan" | "Kick from Clan",
    /// An invitation to the clan was canceled.
    CancelClanInvite = "CancelClanInvite" | "Cancel Clan Invite",
    /// A clan was bought.
    BuyClan = "BuyClan" | "Buy Clan",
    /// An asset was created.
    CreateGroupAsset = "CreateGroupAsset" | "Create Group Asset",
    /// An asset's content was updated.
    UpdateGroupAsset = "UpdateGroupAsset" | "Update Group Asset",
    /// An asset was configured.
    ConfigureGroupAsset = "ConfigureGroupAsset" | "Configure Group Asset",
    /// An asset was reverted to an older version.
    RevertGroupAsset = "RevertGroupAsset" | "Revert Group Asset",
    /// A developer product was created.
    CreateGroupDeveloperProduct = "CreateGroupDeveloperProduct" | "Create Group Developer Product",
    /// A universe was configured.
    ConfigureGroupGame = "ConfigureGroupGame" | "Configure Group Game",
    /// A subscription product was created.
    CreateGroupDeveloperSubscriptionProduct = "CreateGroupDeveloperSubscriptionProduct" | "Create Group Developer Subscription Product",
    /// The group was locked.
    Lock = "Lock",
    /// The group was unlocked.
    Unlock = "Unlock",
    /// A game pass was created.
    CreateGamePass = "CreateGamePass" | "Create Game Pass",
    /// A badge was created.
    CreateBadge = "CreateBadge" | "Create Badge",
    /// A badge was configured.
    ConfigureBadge = "ConfigureBadge" | "Configure Badge",
    /// A place was saved.
    SavePlace = "SavePlace" | "Save Place",
    /// A place was published.
    PublishPlace = "PublishPlace" | "Publish Place",
    /// A role's rank was changed.
    UpdateRolesetRank = "UpdateRolesetRank" | "Update Roleset Rank",
    /// A role's name or description was changed.
    UpdateRolesetData = "UpdateRolesetData" | "Update Roleset Data",
    /// A member was banned.
    BanMember = "BanMember" | "Ban Member",
    /// A ban was lifted.
    UnbanMember = "UnbanMember" | "Unban Member",
    /// A forum category was created.
    CreateForumCategory = "CreateForumCategory" | "Create Forum Category",
    /// A forum category was updated.
    UpdateForumCategory = "UpdateForumCategory" | "Update Forum Category",
    /// A forum category was archived.
    ArchiveForumCategory = "ArchiveForumCategory" | "Archive Forum Category",
    /// A forum category was deleted.
    DeleteForumCategory = "DeleteForumCategory" | "Delete Forum Category",
    /// A forum post was deleted.
    DeleteForumPost = "DeleteForumPost" | "Delete Forum Post",
    /// A forum comment was deleted.
    DeleteForumComment = "DeleteForumComment" | "Delete Forum Comment",
    /// A forum post was pinned.
    PinForumPost = "PinForumPost" | "Pin Forum Post",
    /// A forum post was unpinned.
    UnpinForumPost = "UnpinForumPost" | "Unpin Forum Post",
    /// A forum post was locked.
    LockForumPost = "LockForumPost" | "Lock Forum Post",
    /// A forum post was unlocked.
    UnlockForumPost = "UnlockForumPost" | "Unlock Forum Post",
    /// A role was created.
    CreateRoleset = "CreateRoleset" | "Create Role Set" | "Create Roleset",
    /// A role was deleted.
    DeleteRoleset = "DeleteRoleset" | "Delete Role Set" | "Delete Roleset",
    /// A commerce product was created.
    CreateCommerceProduct = "CreateCommerceProduct" | "Create Commerce Product",
    /// A commerce product was put on sale.
    SetCommerceProductActive = "SetCommerceProductActive" | "Set Commerce Product Active",
    /// A commerce product was archived.
    ArchiveCommerceProduct = "ArchiveCommerceProduct" | "Archive Commerce Product",
    /// The bundling fee of a commerce product was accepted.
    AcceptCommerceProductBundlingFee = "AcceptCommerceProductBundlingFee" | "Accept Commerce Product Bundling Fee",
    /// A commerce product was taken off sale.
    SetCommerceProductInactive = "SetCommerceProductInactive" | "Set Commerce Product Inactive",
    /// A merchant was connected.
    ConnectMerchant = "ConnectMerchant" | "Connect Merchant",
    /// A merchant was disconnected.
    DisconnectMerchant = "DisconnectMerchant" | "Disconnect Merchant",
    /// A user joined.
    JoinGroup = "JoinGroup" | "Join Group",
    /// A user left.
    LeaveGroup = "LeaveGroup" | "Leave Group",
    /// The icon was changed.
    UpdateGroupIcon = "UpdateGroupIcon" | "Update Group Icon",
    /// The cover photo was changed.
    UpdateGroupCoverPhoto = "UpdateGroupCoverPhoto" | "Update Group Cover Photo",
    /// A role was assigned to a member.
    AssignRole = "AssignRole" | "Assign Role",
    /// A role was removed from a member.
    UnassignRole = "UnassignRole" | "Unassign Role",
    /// An announcement was published.
    PublishAnnouncement = "PublishAnnouncement" | "Publish Announcement",
    /// An announcement was deleted.
    DeleteAnnouncement = "DeleteAnnouncement" | "Delete Announcement",
    /// The permissions of a role were changed.
    UpdateRoleSetPermissions = "UpdateRoleSetPermissions" | "Update Role Set Permissions" | "Update Roleset Permissions",
    /// The security settings were changed.
    UpdateGroupSecuritySettings = "UpdateGroupSecuritySettings" | "Update Group Security Settings",
    /// The enterprise tier was granted.
    GrantEnterpriseTier = "GrantEnterpriseTier" | "Grant Enterprise Tier",
    /// The enterprise tier was revoked.
    RevokeEnterpriseTier = "RevokeEnterpriseTier" | "Revoke Enterprise Tier",
}
